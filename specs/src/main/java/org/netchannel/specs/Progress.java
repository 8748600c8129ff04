package org.netchannel.specs;

import java.time.Duration;

/**
 * How far TLC has come with a model.
 *
 * @param model the model
 * @param counts states so far
 * @param generatedPerSecond states generated a second, since the last progress
 * @param elapsed since TLC was started
 */
public record Progress(Model model, Counts counts, long generatedPerSecond, Duration elapsed) {}
