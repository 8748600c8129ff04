/** Two hosts for benchmarks: in network namespaces of one machine, or two real ones. */
package org.netchannel.cli.testbed;
