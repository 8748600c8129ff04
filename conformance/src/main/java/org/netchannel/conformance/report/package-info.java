/** Shows a failing run to a person: its steps, the two hosts and the channels, and a trace file that replays it. */
package org.netchannel.conformance.report;
