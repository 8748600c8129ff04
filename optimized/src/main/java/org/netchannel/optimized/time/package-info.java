/** Deadlines and the queue that holds them. The clock is a parameter: nothing here looks at one. */
package org.netchannel.optimized.time;
