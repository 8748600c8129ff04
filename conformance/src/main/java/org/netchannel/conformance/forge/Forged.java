package org.netchannel.conformance.forge;

import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.traces.Bytes;

/** A forged packet and where to put it: on this channel; the connection is null when it is for none that was made. */
record Forged(LinkChannel channel, Bytes bytes, Conversation conversation) {}
