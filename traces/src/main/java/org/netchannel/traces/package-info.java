/**
 * The observable language of NetChannel: packets, the endpoint that every implementation shows, and the traces that
 * every checker reads. Nothing here knows how an implementation works.
 */
package org.netchannel.traces;
