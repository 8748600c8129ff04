/** Congestion control: how much may be in flight. NewReno, CUBIC and DCTCP behind one interface. */
package org.netchannel.optimized.tcp.congestion;
