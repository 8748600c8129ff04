/** Benchmarks, by question. Each is also run once, tiny, by a test. */
package org.netchannel.bench;
