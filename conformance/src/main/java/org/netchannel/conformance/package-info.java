/** Scenarios, the simulated link between two endpoints, and the checkers of what they show. */
package org.netchannel.conformance;
