package org.netchannel.optimized.tcp;

/** Pieces in the order of their positions, found by an index that stays the same while they are here. It grows. */
final class PieceRing {
    private SendPiece[] pieces = new SendPiece[8];
    private long head;
    private long tail;

    /** The index of the first piece. */
    long head() {
        return head;
    }

    /** One past the index of the last piece. */
    long tail() {
        return tail;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return (int) (tail - head);
    }

    SendPiece get(long index) {
        return pieces[(int) index & pieces.length - 1];
    }

    SendPiece first() {
        return isEmpty() ? null : get(head);
    }

    SendPiece last() {
        return isEmpty() ? null : get(tail - 1);
    }

    void addLast(SendPiece piece) {
        if (size() == pieces.length) {
            grow();
        }
        pieces[(int) tail++ & pieces.length - 1] = piece;
    }

    SendPiece removeFirst() {
        int slot = (int) head++ & pieces.length - 1;
        SendPiece piece = pieces[slot];
        pieces[slot] = null;
        return piece;
    }

    /** The index of the first piece that ends behind a position; the tail when there is none. */
    long firstEndingBehind(long position) {
        long low = head;
        long high = tail;
        while (low < high) {
            long middle = low + high >>> 1;
            if (get(middle).end() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void grow() {
        SendPiece[] larger = new SendPiece[2 * pieces.length];
        for (long index = head; index < tail; index++) {
            larger[(int) index & larger.length - 1] = get(index);
        }
        pieces = larger;
    }
}
