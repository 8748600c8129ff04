/** The optimized stack beside what it replaces, in the same run. */
package org.netchannel.bench.stack;
