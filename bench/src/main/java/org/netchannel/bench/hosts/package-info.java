/** Benchmarks between two processes, on one machine or on two: one serves, the other measures. */
package org.netchannel.bench.hosts;
