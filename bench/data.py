"""The rows that every run reads: a block of CSV like a DataSet's, repeated to the size that is asked for.

Strings, quoted commas and line ends, decimals, dates, nulls, text beyond ASCII; gzip -6 takes it to about a
third. The block is longer than any compressor's window here, so that repeating it gains nothing.
"""
import random

HEADER = b"order_id,order_date,customer name,amount,quantity,status,note,_BATCH_ID_\n"
BLOCK_BYTES = 32 * 1024 * 1024

NAMES = ["Acme Corporation", "Miller, Sons & Co.", "Zoë Brontë", "Überlandwerk", "The \"Old\" Mill", "東京商事",
         "Northwind", "Contoso Ltd.", "O'Brien & Daughters", "São Paulo Têxteis"]
WORDS = ("the quick delivery was late and the customer asked for a refund but accepted a voucher instead after we "
         "called twice invoice sent again by mail please check address before next shipment paid in full").split()


def quoted(text):
    if any(mark in text for mark in ",\"\n"):
        return '"' + text.replace('"', '""') + '"'
    return text


def block(seed=7):
    """Whole rows of at least BLOCK_BYTES, and how many they are."""
    chance = random.Random(seed)
    rows, size, count = [], 0, 0
    while size < BLOCK_BYTES:
        note = " ".join(chance.choices(WORDS, k=chance.randint(0, 9)))
        if count % 11 == 0:
            note += "\nsecond line, with a comma"
        row = ",".join([
            str(10_000_000 + chance.randrange(80_000_000)),
            f"20{chance.randint(20, 26)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            quoted(chance.choice(NAMES)),
            f"{chance.randrange(10_000_000) / 100:.2f}",
            str(chance.randint(1, 40)),
            chance.choice(["open", "shipped", "returned", ""]),
            quoted(note),
            str(count % 50),
        ]) + "\n"
        data = row.encode()
        rows.append(data)
        size += len(data)
        count += 1
    return b"".join(rows), count


def whole(size, one, rows_of_one):
    """How often the block comes in a body of about this size, its bytes and its rows."""
    times = max(1, round((size - len(HEADER)) / len(one)))
    if size < len(one):
        short = one[: one.rindex(b"\n", 0, size) + 1]
        # A line end within quotes is no row's end.
        while short.count(b'"') % 2:
            short = short[: short.rindex(b"\n", 0, len(short) - 1) + 1]
        return 1, short, rows(short)
    return times, one, rows_of_one


def rows(data):
    """How many rows these bytes are: line ends outside of quotes."""
    inside, count = False, 0
    for piece in data.split(b'"'):
        if not inside:
            count += piece.count(b"\n")
        inside = not inside
    return count


def piped(data):
    """These bytes with another delimiter, quoted fields as they are; there is no pipe in them."""
    return b'"'.join(piece if number % 2 else piece.replace(b",", b"|") for number, piece in enumerate(data.split(b'"')))
