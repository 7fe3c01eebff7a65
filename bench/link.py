"""A link with a rate and a way: takes connections on a port each, and passes on what comes, late and not too fast.

All connections share the rate, which holds for each direction alone. What is on its way is bounded by a queue before
the bottleneck, as in a router: a sender that is too quick waits. Arguments: milliseconds of a round trip, Mbit/s,
and the ports behind; prints the ports in front, in their order.
"""
import asyncio
import json
import sys

QUEUE_SECONDS = 0.05
PIECE = 64 * 1024


class Direction:
    """One way of the link. A piece arrives when all before it have been sent, and it itself, and then half a round trip."""

    def __init__(self, bytes_a_second, delay):
        self.rate, self.delay, self.free_at = bytes_a_second, delay, 0

    def arrival(self, count):
        now = asyncio.get_running_loop().time()
        self.free_at = max(now, self.free_at) + count / self.rate
        return self.free_at + self.delay, self.free_at - now - QUEUE_SECONDS

    async def carry(self, reader, writer):
        arriving = asyncio.Queue()
        delivery = asyncio.create_task(self.deliver(arriving, writer))
        try:
            while piece := await reader.read(PIECE):
                due, over = self.arrival(len(piece))
                arriving.put_nowait((due, piece))
                if over > 0:
                    await asyncio.sleep(over)
        except OSError:
            pass
        arriving.put_nowait((self.arrival(0)[0], None))
        await delivery

    async def deliver(self, arriving, writer):
        loop = asyncio.get_running_loop()
        try:
            while True:
                due, piece = await arriving.get()
                await asyncio.sleep(max(0, due - loop.time()))
                if piece is None:
                    break
                writer.write(piece)
                await writer.drain()
            writer.close()
        except OSError:
            pass


async def main(round_trip, megabits, ports):
    up, down = (Direction(megabits * 1e6 / 8, round_trip / 2000) for _ in range(2))

    def front(port):
        async def connected(reader, writer):
            # A connection is made in a round trip.
            await asyncio.sleep(round_trip / 1000)
            behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(up.carry(reader, behind_writer), down.carry(behind_reader, writer))
        return asyncio.start_server(connected, "127.0.0.1", 0, limit=PIECE)

    fronts = [await front(port) for port in ports]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in fronts]), flush=True)
    await asyncio.gather(*(server.serve_forever() for server in fronts))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]), float(sys.argv[2]), [int(port) for port in sys.argv[3:]]))
