package org.netchannel.specs.value;

import java.util.ArrayList;
import java.util.List;

/** Lines two sequences up along their longest common subsequence, so that a shift is not taken for a change of all. */
final class Alignment {
    /** Longer differing parts are taken as changed throughout: the table would be too large. */
    private static final int LONGEST = 1_000;

    private Alignment() {}

    /**
     * A part in which the sequences differ.
     *
     * @param from index of the part in the first sequence
     * @param removed how many elements of the first sequence it has
     * @param to index of the part in the second sequence
     * @param inserted how many elements of the second sequence it has
     */
    record Gap(int from, int removed, int to, int inserted) {}

    static List<Gap> gaps(List<TlaValue> before, List<TlaValue> after) {
        // Where equal elements leave a choice: queues grow at the end and shrink at the start.
        boolean grows = after.size() > before.size();
        int prefix = grows ? commonPrefix(before, after, 0) : 0;
        int suffix = commonPrefix(before.reversed(), after.reversed(), prefix);
        if (!grows) {
            prefix = commonPrefix(before, after, suffix);
        }
        List<TlaValue> first = before.subList(prefix, before.size() - suffix);
        List<TlaValue> second = after.subList(prefix, after.size() - suffix);
        if (first.size() > LONGEST || second.size() > LONGEST) {
            return List.of(new Gap(prefix, first.size(), prefix, second.size()));
        }
        return walk(first, second, prefix);
    }

    /** How many first elements are the same, when the last {@code taken} elements are spoken for. */
    private static int commonPrefix(List<TlaValue> first, List<TlaValue> second, int taken) {
        int most = Math.min(first.size(), second.size()) - taken;
        int length = 0;
        while (length < most && first.get(length).equals(second.get(length))) {
            length++;
        }
        return length;
    }

    private static List<Gap> walk(List<TlaValue> first, List<TlaValue> second, int offset) {
        int[][] common = commonLengths(first, second);
        List<Gap> gaps = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            int from = i;
            int to = j;
            while (i < first.size() && (j == second.size() || common[i + 1][j] == common[i][j])) {
                i++;
            }
            while (j < second.size() && (i == first.size() || common[i][j + 1] == common[i][j])) {
                j++;
            }
            if (i > from || j > to) {
                gaps.add(new Gap(offset + from, i - from, offset + to, j - to));
            }
            while (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
                i++;
                j++;
            }
        }
        return gaps;
    }

    /** At [i][j] the length of the longest common subsequence of what follows i in the first and j in the second. */
    private static int[][] commonLengths(List<TlaValue> first, List<TlaValue> second) {
        int[][] common = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                common[i][j] = first.get(i).equals(second.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
