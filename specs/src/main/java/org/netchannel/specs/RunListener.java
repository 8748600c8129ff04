package org.netchannel.specs;

/** Learns how a run of models goes. Called from threads of the runner, one call at a time; must not block for long. */
public interface RunListener {
    /** Takes no notice. */
    RunListener NONE = new RunListener() {};

    /**
     * TLC is about to be started on a model.
     *
     * @param model the model
     */
    default void started(Model model) {}

    /**
     * TLC has come further; about once a second for each model that runs.
     *
     * @param progress how far
     */
    default void progress(Progress progress) {}

    /**
     * There is something to say about how a model is run.
     *
     * @param text one line
     */
    default void note(String text) {}

    /**
     * A model is finished.
     *
     * @param result what came out
     */
    default void finished(ModelResult result) {}
}
