/**
 * Executes a TLA+ specification inside the JVM with TLC's own evaluator. Knows nothing of NetChannel: of use to any
 * Java program that has a specification beside it.
 */
package org.netchannel.specs.engine;
