package org.netchannel.specs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Turns counts of states into progress, with a rate. One thread calls it. */
final class ProgressMeter implements Consumer<Counts> {
    private final Model model;
    private final long startNs;
    private final Consumer<Progress> onProgress;
    private long lastNs;
    private long lastGenerated;

    ProgressMeter(Model model, long startNs, Consumer<Progress> onProgress) {
        this.model = model;
        this.startNs = startNs;
        this.onProgress = onProgress;
        lastNs = startNs;
    }

    @Override
    public void accept(Counts counts) {
        long nowNs = System.nanoTime();
        long elapsedNs = Math.max(1, nowNs - lastNs);
        double rate = (counts.generated() - lastGenerated) * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs;
        lastNs = nowNs;
        lastGenerated = counts.generated();
        onProgress.accept(new Progress(model, counts, Math.round(rate), Duration.ofNanos(nowNs - startNs)));
    }
}
