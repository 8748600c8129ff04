#include "receiver.h"

#include <stdlib.h>
#include <string.h>

bool receiver_has_fin_in_sequence(const struct receiver *receiver)
{
    return receiver->has_final && receiver->next_byte == receiver->final;
}

uint64_t receiver_rcv_nxt(const struct receiver *receiver)
{
    return receiver->next_byte + receiver_has_fin_in_sequence(receiver);
}

uint64_t receiver_limit(const struct receiver *receiver)
{
    return receiver_rcv_nxt(receiver) + receiver->peer_buffer;
}

static uint64_t held(const struct receiver *receiver)
{
    return receiver->readable.length + receiver->out_of_order;
}

bool receiver_has_unread(const struct receiver *receiver)
{
    return held(receiver) > 0 || receiver->queue != NULL;
}

static struct run *new_run(uint64_t start, const uint8_t *data, size_t length)
{
    struct run *run = resize(NULL, sizeof *run + length);
    *run = (struct run) {.start = start, .end = start + length};
    memcpy(run->data, data, length);
    return run;
}

/* The next gap of *start..end in the receive buffer: the part that is neither there nor was read. *at walks along the
 * out-of-order pieces, to the place where a piece for the gap would stand. */
static bool next_gap(const struct receiver *receiver, struct run ***at, uint64_t *start, uint64_t end,
                     uint64_t *gap_end)
{
    if (*start < receiver->next_byte)
        *start = receiver->next_byte;
    for (; **at != NULL && (**at)->start <= *start; *at = &(**at)->next)
        if (*start < (**at)->end)
            *start = (**at)->end;
    *gap_end = **at != NULL && (**at)->start < end ? (**at)->start : end;
    return *start < *gap_end;
}

/* How many of these bytes are missing in the receive buffer, and where the first is. */
static uint64_t count_missing(struct receiver *receiver, uint64_t start, uint64_t end, uint64_t *first)
{
    uint64_t missing = 0, gap_end;
    struct run **at = &receiver->pieces;
    for (; next_gap(receiver, &at, &start, end, &gap_end); start = gap_end) {
        if (missing == 0)
            *first = start;
        missing += gap_end - start;
    }
    return missing;
}

bool receiver_is_new(struct receiver *receiver, uint64_t start, uint64_t end)
{
    uint64_t first;
    return count_missing(receiver, start, end, &first) > 0;
}

void receiver_arrive(struct receiver *receiver, uint64_t *charge, uint64_t offset, const uint8_t *data,
                     uint32_t length)
{
    struct run *packet = new_run(offset, data, length), **at = &receiver->queue;
    packet->charge = charge;
    *charge += length;
    while (*at != NULL)
        at = &(*at)->next;
    *at = packet;
    if (packet->end > receiver->highest_end)
        receiver->highest_end = packet->end;
}

bool receiver_finish(struct receiver *receiver, uint64_t final)
{
    if (!receiver->has_final && receiver->highest_end <= final) {
        receiver->has_final = true;
        receiver->final = final;
    }
    return receiver->has_final && receiver->final == final;
}

/* What is in sequence becomes readable. */
static void join(struct receiver *receiver)
{
    while (receiver->pieces != NULL && receiver->pieces->start == receiver->next_byte) {
        struct run *piece = receiver->pieces;
        uint64_t length = piece->end - piece->start;
        bytes_append(&receiver->readable, piece->data, (size_t) length);
        receiver->next_byte = piece->end;
        receiver->out_of_order -= length;
        receiver->pieces = piece->next;
        free(piece);
    }
}

/* Ends a packet's charge and puts what is missing of it into the receive buffer. */
static void store(struct receiver *receiver, struct run *packet)
{
    uint64_t start = packet->start, gap_end;
    struct run **at = &receiver->pieces;
    *packet->charge -= packet->end - packet->start;
    for (; next_gap(receiver, &at, &start, packet->end, &gap_end); start = gap_end) {
        struct run *piece = new_run(start, packet->data + (start - packet->start), (size_t) (gap_end - start));
        piece->next = *at;
        *at = piece;
        receiver->out_of_order += gap_end - start;
    }
    free(packet);
    join(receiver);
}

static bool may_move(struct receiver *receiver, const struct run *packet)
{
    uint64_t first = 0, missing = count_missing(receiver, packet->start, packet->end, &first);
    if (missing == 0 || held(receiver) + missing <= receiver->size)
        return true;
    if (packet->start < receiver->moves_below)
        return true;
    return first == receiver->next_byte && receiver->readable.length == 0;
}

void receiver_move(struct receiver *receiver)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (struct run **at = &receiver->queue; *at != NULL;) {
            struct run *packet = *at;
            if (may_move(receiver, packet)) {
                *at = packet->next;
                store(receiver, packet);
                moved = true;
            } else {
                at = &packet->next;
            }
        }
    }
}

void receiver_stop_acknowledged(struct receiver *receiver, uint64_t offset)
{
    if (offset > receiver->moves_below)
        receiver->moves_below = offset;
    while (receiver->queue != NULL) {
        struct run *packet = receiver->queue;
        receiver->queue = packet->next;
        store(receiver, packet);
    }
}

bool receiver_resume_is_due(const struct receiver *receiver)
{
    return receiver->stop_outstanding && !receiver_has_unread(receiver);
}

void receiver_resumed(struct receiver *receiver)
{
    receiver->stop_outstanding = false;
    receiver->moves_below = 0;
}

void receiver_keep_readable(struct receiver *receiver)
{
    for (struct run *packet = receiver->queue, *next; packet != NULL; packet = next) {
        next = packet->next;
        *packet->charge -= packet->end - packet->start;
        free(packet);
    }
    for (struct run *piece = receiver->pieces, *next; piece != NULL; piece = next) {
        next = piece->next;
        free(piece);
    }
    receiver->queue = receiver->pieces = NULL;
    receiver->out_of_order = 0;
}
