package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The page docs/walks.md: which action followed which in the walks, and why some never do. */
final class WalkTable {
    private static final String IMPOSSIBLE = "–";
    private static final String NOT_REACHED = "?";

    private WalkTable() {}

    static List<String> page(List<Walk> walks) {
        Pairs actions = new Pairs(WalkStep::action);
        Pairs kinds = new Pairs(WalkStep::kind);
        walks.forEach(walk -> actions.count(walk.steps()));
        walks.forEach(walk -> kinds.count(walk.steps()));
        int steps = walks.stream().mapToInt(walk -> walk.steps().size()).sum();
        List<String> lines = new ArrayList<>(List.of(
                "# Which action follows which",
                "",
                "Written by `WalksTest` with `-Dwalks.write=true`. " + walks.size() + " walks through behaviours of"
                        + " [MCNetChannel](../specs/tla/MCNetChannel.tla), " + steps + " steps, are replayed on",
                "implementations by `./netchannel verify`; [conformance/](../conformance/README.md) says how. A number"
                        + " says how often the action of its column",
                "came right after the action of its row, `" + IMPOSSIBLE + "` that it can't, for a reason below, `"
                        + NOT_REACHED + "` that it may be possible and no walk was found.",
                ""));
        lines.addAll(table(actions));
        lines.addAll(List.of("", "## Why pairs are impossible", ""));
        for (ImpossiblePairs.Reason reason : ImpossiblePairs.reasons()) {
            String second = reason.allBut() ? "anything but " + names(reason.second()) : names(reason.second());
            lines.add("- " + second + " after " + names(reason.first()) + ": " + reason.text() + ".");
        }
        lines.addAll(List.of(
                "",
                "Left out are `StartAnew`, because an endpoint has one life, and `HolTimerSees` and `HolTimerSends`,"
                        + " which are there only while the",
                "repair of R23 is off. With the type of the packet that is pulled or arrives, and the class of the"
                        + " channel that fails, there are",
                kinds.names().size() + " kinds of steps; " + kinds.distinct() + " of their pairs occur."));
        return lines;
    }

    private static List<String> table(Pairs actions) {
        List<String> names = new ArrayList<>(actions.names());
        List<String> lines = new ArrayList<>(List.of(
                "| | " + String.join(" | ", names) + " |", "|---".repeat(names.size() + 1) + "|"));
        for (String first : names) {
            StringBuilder line = new StringBuilder("| **" + first + "** |");
            for (String second : names) {
                int count = actions.get(first, second);
                boolean impossible = ImpossiblePairs.isImpossible(first, second);
                line.append(' ').append(count > 0 ? "" + count : impossible ? IMPOSSIBLE : NOT_REACHED).append(" |");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String names(Set<String> names) {
        return String.join(", ", names.stream().sorted().map(name -> "`" + name + "`").toList());
    }
}
