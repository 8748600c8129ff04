package org.netchannel.specs.tlc;

import java.time.Duration;
import java.util.Optional;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.counterexample.Counterexample;

/**
 * What a run of TLC said.
 *
 * @param finding its result
 * @param counts states at its end
 * @param processorTime what TLC took of the processors; zero when it was killed
 * @param counterexample the behaviour that violates a property, when one was found
 */
public record TlcReport(
        Finding finding, Counts counts, Duration processorTime, Optional<Counterexample> counterexample) {
    /**
     * The same with another result.
     *
     * @param other the result
     * @return a new report
     */
    public TlcReport with(Finding other) {
        return new TlcReport(other, counts, processorTime, counterexample);
    }
}
