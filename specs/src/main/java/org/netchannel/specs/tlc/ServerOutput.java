package org.netchannel.specs.tlc;

import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;

/** What the server of distributed TLC says. One thread reads each of its two streams; report when both have ended. */
public final class ServerOutput {
    private final Transcript transcript = new Transcript();
    private final CompletableFuture<Void> listening = new CompletableFuture<>();
    private final ErrorOutput errorOutput;

    /**
     * Nothing has been said yet.
     *
     * @param onProgress called about once a second, from the thread that reads progress
     */
    public ServerOutput(Consumer<Counts> onProgress) {
        errorOutput = new ErrorOutput(onProgress, () -> listening.complete(null), line -> {});
    }

    /**
     * Whether others can reach the server.
     *
     * @return completed when they can
     */
    public CompletableFuture<Void> listening() {
        return listening;
    }

    /**
     * Reads standard output to its end.
     *
     * @param source the stream
     * @throws IOException when that fails
     */
    public void readMessages(Reader source) throws IOException {
        new ToolMessageReader(transcript::message, transcript::line).read(source);
    }

    /**
     * Reads standard error to its end.
     *
     * @param source the stream
     * @throws IOException when that fails
     */
    public void readProgress(Reader source) throws IOException {
        errorOutput.read(source);
    }

    /**
     * What the server found, when it has ended by itself.
     *
     * @param exitStatus of its process
     * @return what it found
     */
    public TlcReport report(int exitStatus) {
        errorOutput.lines().forEach(transcript::line);
        return transcript.report(exitStatus, errorOutput.processorTime());
    }

    /**
     * What there is to say when the server was ended.
     *
     * @param finding why
     * @return a report with the last counts
     */
    public TlcReport cutOff(Finding finding) {
        return transcript.cutOff(finding, errorOutput.latest());
    }
}
