-- What decided the bytes and attributes of a run's object, one name=value a line.
alter table writeback_run add column settings text;
-- Of the DataSet's rows without a _BATCH_ID_, how many the job's objects are answerable for.
alter table writeback_run add column rows_without_batch bigint;
