package dev.writeback.s3;

import dev.writeback.run.RunContext;

/** A run that has its memory and will write, or is writing, its object. */
record RunHold(RunContext run, BufferReservation memory) {}
