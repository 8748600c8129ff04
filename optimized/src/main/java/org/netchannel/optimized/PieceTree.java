package org.netchannel.optimized;

import java.util.function.Consumer;

/**
 * Pieces that do not overlap, by offset: the bytes of a receive buffer that came before others that are still missing.
 * A treap: its depth does not depend on the order in which a peer sends, for the peer does not know the priorities.
 */
final class PieceTree {
    private Piece root;
    private long random;

    PieceTree(long seed) {
        random = seed | 1;
    }

    boolean isEmpty() {
        return root == null;
    }

    /** The piece with the highest offset at or below this one, or null. */
    Piece floor(long offset) {
        Piece best = null;
        for (Piece piece = root; piece != null; ) {
            if (piece.offset <= offset) {
                best = piece;
                piece = piece.right;
            } else {
                piece = piece.left;
            }
        }
        return best;
    }

    /** The piece with the lowest offset at or above this one, or null. */
    Piece ceiling(long offset) {
        Piece best = null;
        for (Piece piece = root; piece != null; ) {
            if (piece.offset >= offset) {
                best = piece;
                piece = piece.left;
            } else {
                piece = piece.right;
            }
        }
        return best;
    }

    void add(Piece piece) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        piece.priority = (int) (random >>> 32);
        root = add(root, piece);
    }

    private static Piece add(Piece top, Piece piece) {
        if (top == null) {
            return piece;
        }
        if (piece.offset < top.offset) {
            top.left = add(top.left, piece);
            return top.left.priority > top.priority ? withLeftOnTop(top) : top;
        }
        top.right = add(top.right, piece);
        return top.right.priority > top.priority ? withRightOnTop(top) : top;
    }

    private static Piece withLeftOnTop(Piece top) {
        Piece left = top.left;
        top.left = left.right;
        left.right = top;
        return left;
    }

    private static Piece withRightOnTop(Piece top) {
        Piece right = top.right;
        top.right = right.left;
        right.left = top;
        return right;
    }

    /** Takes out the piece that begins at this offset, or answers null when none does. */
    Piece remove(long offset) {
        Piece parent = null;
        Piece piece = root;
        while (piece != null && piece.offset != offset) {
            parent = piece;
            piece = offset < piece.offset ? piece.left : piece.right;
        }
        if (piece == null) {
            return null;
        }
        Piece rest = merge(piece.left, piece.right);
        if (parent == null) {
            root = rest;
        } else if (parent.left == piece) {
            parent.left = rest;
        } else {
            parent.right = rest;
        }
        piece.left = null;
        piece.right = null;
        return piece;
    }

    private static Piece merge(Piece left, Piece right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.priority > right.priority) {
            left.right = merge(left.right, right);
            return left;
        }
        right.left = merge(left, right.left);
        return right;
    }

    /** Memory of the pool that all pieces hold. */
    long memory() {
        return memory(root);
    }

    private static long memory(Piece piece) {
        return piece == null ? 0 : piece.segment.pooledBytes() + memory(piece.left) + memory(piece.right);
    }

    /** Takes out every piece. */
    void clear(Consumer<Piece> taken) {
        Piece all = root;
        root = null;
        clear(all, taken);
    }

    private static void clear(Piece piece, Consumer<Piece> taken) {
        if (piece != null) {
            clear(piece.left, taken);
            Piece right = piece.right;
            taken.accept(piece);
            clear(right, taken);
        }
    }
}
