package org.netchannel.conformance.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;

/**
 * Something that endpoint.md says of the line protocol, and that calls on an endpoint can't show: requests that make no
 * sense, several at once, the end of input.
 *
 * @param name what it is called
 * @param about what endpoint.md says, in one line
 * @param script what is sent, and what has to come of it
 */
public record LineCheck(String name, String about, Script script) {
    /** What happens in a check. */
    interface Script {
        void play(LineStage stage) throws InterruptedException;
    }

    /**
     * What a check came to.
     *
     * @param check the check
     * @param sent every line that was sent, to the process that was started last
     * @param violation what was wrong, if anything
     */
    public record Result(LineCheck check, List<String> sent, Optional<Violation> violation) {
        /** Keeps an immutable copy. */
        public Result {
            sent = List.copyOf(sent);
        }
    }

    /**
     * Makes the check with processes of its own.
     *
     * @param implementation starts them
     * @return what it came to
     * @throws InterruptedException when the thread is interrupted
     */
    public Result run(ExecImplementation implementation) throws InterruptedException {
        List<String> sent = new ArrayList<>();
        try (LineStage stage = new LineStage(implementation, sent)) {
            script.play(stage);
            return new Result(this, sent, Optional.empty());
        } catch (ViolationFound found) {
            return new Result(this, sent, Optional.of(found.violation()));
        }
    }
}
