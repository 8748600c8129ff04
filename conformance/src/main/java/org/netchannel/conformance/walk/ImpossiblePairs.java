package org.netchannel.conformance.walk;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pairs of actions of which the second can never follow the first, each with the reason. */
public final class ImpossiblePairs {
    private static final String PULL_PROMPT = "PullPrompt";

    /**
     * Why pairs are impossible.
     *
     * @param first the first actions
     * @param second the second actions; with {@code allBut} all others
     * @param allBut whether {@code second} names those that are possible
     * @param text the reason
     */
    public record Reason(Set<String> first, Set<String> second, boolean allBut, String text) {
        boolean covers(String one, String other) {
            return first.contains(one) && second.contains(other) != allBut;
        }
    }

    private static final List<Reason> REASONS = List.of(
            new Reason(Set.of("Redial", "AnswerDial"), Set.of(PULL_PROMPT), true,
                    "a new channel's HELLO is pulled before anything else happens (NC-CH-2)"),
            new Reason(Set.of("AppSend", "AppAccept", "AppShutdown", "AppListen", "StartDrain", "PullFree"),
                    Set.of(PULL_PROMPT), false,
                    "the first decides no control packet, and it could happen only because none was decided before"),
            new Reason(Set.of("AppListen"), Set.of("AppListen", "AppAccept"), false,
                    "there is one listener in the model, and no child waits when it has just begun to listen"),
            new Reason(Set.of("AppConnect"), Set.of("AppConnect"), false,
                    "connections share a local port in the model, so one has to be over before the next is opened"),
            new Reason(Set.of("AppAccept"), Set.of("AppListen"), false,
                    "who accepts has a listener already, and there is one in the model"));

    private ImpossiblePairs() {}

    /**
     * All reasons.
     *
     * @return in the order in which they are told
     */
    public static List<Reason> reasons() {
        return REASONS;
    }

    /**
     * Why an action can't follow another.
     *
     * @param first an action's name
     * @param second another's, or the same
     * @return the reason; empty when it can follow, as far as is known
     */
    public static Optional<Reason> reason(String first, String second) {
        return REASONS.stream().filter(reason -> reason.covers(first, second)).findFirst();
    }

    static boolean isImpossible(String first, String second) {
        return reason(first, second).isPresent();
    }
}
