package org.netchannel.specs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.netchannel.specs.counterexample.Counterexample;

/**
 * What came out of one model, compared with the manifest.
 *
 * @param model the model
 * @param finding what TLC found
 * @param counts states at the end
 * @param duration from the start of TLC to its end
 * @param processorTime what TLC took of the processors; zero when it was stopped
 * @param counterexample the behaviour that violates a property, when one was found
 * @param differences what is not as the manifest says, one sentence each; empty when all is
 */
public record ModelResult(
        Model model,
        Finding finding,
        Counts counts,
        Duration duration,
        Duration processorTime,
        Optional<Counterexample> counterexample,
        List<String> differences) {
    /** Keeps its own copy. */
    public ModelResult {
        differences = List.copyOf(differences);
    }

    /**
     * Whether all is as the manifest says.
     *
     * @return true when nothing differs
     */
    public boolean asExpected() {
        return differences.isEmpty();
    }

    /**
     * Whether TLC found what the manifest says, apart from the number of states.
     *
     * @return true when the same property holds or is violated
     */
    public boolean propertyAsExpected() {
        return Comparison.fits(model.expected(), finding);
    }

    /**
     * The verdict in one word.
     *
     * @return the verdict
     */
    public Verdict verdict() {
        return switch (finding) {
            case Finding.TimedOut _ -> Verdict.TIMEOUT;
            case Finding.Failed _ -> Verdict.ERROR;
            case Finding.Holds _, Finding.NoneFound _, Finding.Violated _ -> asExpected() ? Verdict.OK : Verdict.FAIL;
        };
    }

    /** What to think of a model that was run. */
    public enum Verdict {
        /** All is as the manifest says. */
        OK,
        /** TLC found something else. */
        FAIL,
        /** TLC did not finish in its time. */
        TIMEOUT,
        /** TLC could not check the model. */
        ERROR
    }
}
