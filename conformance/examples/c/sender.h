/* One direction of a connection, as its sender sees it (sections 5 to 7). */
#ifndef SENDER_H
#define SENDER_H

#include <stdbool.h>
#include "bytes.h"

struct channel;

/* Bytes that were handed to a channel and may be unacknowledged; to none when it has failed since. */
struct piece {
    uint64_t start, end;
    const struct channel *channel;
    struct piece *next;
};

struct sender {
    uint64_t size;
    uint64_t snd_una, snd_nxt; /* snd_nxt counts bytes only: the FIN is `fin_sent` */
    bool shut, fin_sent, fin_acknowledged;
    uint32_t epoch_in_force, highest_resumed;
    struct bytes retained; /* from snd_una on, handed to a channel or not */
    struct piece *pieces;  /* in the order they were handed over */
};

/* The final offset, once `shut`. */
uint64_t sender_end(const struct sender *sender);

/* How many bytes are taken: no more than the send buffer holds (NC-DATA-3). */
size_t sender_take(struct sender *sender, const uint8_t *data, size_t length);

/* False when it acknowledges what was never sent (NC-DATA-5). */
bool sender_acknowledge(struct sender *sender, uint64_t ack);

/* Whether there are bytes that no channel has, or none any more. */
bool sender_waits(const struct sender *sender);

/* NC-HOL-5: a STOP holds new bytes back, but not those below snd_nxt. */
bool sender_may_send(const struct sender *sender);

/* Cuts the next bytes for this channel, only when sender_may_send. Returns where they are; they stay retained. */
const uint8_t *sender_cut(struct sender *sender, const struct channel *channel, uint32_t largest, uint64_t *offset,
                          uint32_t *length);

/* NC-FAIL-1: what was handed to it and is not acknowledged is sent again. */
void sender_channel_failed(struct sender *sender, const struct channel *channel);
bool sender_has_unacknowledged_on(const struct sender *sender, const struct channel *channel);

/* NC-FIN-1: once every byte was handed to a channel. */
bool sender_fin_is_due(const struct sender *sender);

void sender_stop(struct sender *sender, uint32_t epoch);
void sender_resume(struct sender *sender, uint32_t epoch);
void sender_free(struct sender *sender);

#endif
