/** What a running stack counts, in a file that other processes map and read while it runs. */
package org.netchannel.optimized.counters;
