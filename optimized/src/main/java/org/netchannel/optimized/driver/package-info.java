/**
 * Decorators of channel drivers: loss of a channel, delay, what passes as text, and captures. They use nothing of the
 * stack that a driver of somebody else's could not.
 */
package org.netchannel.optimized.driver;
