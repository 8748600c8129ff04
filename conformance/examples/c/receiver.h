/* One direction of a connection, as its receiver sees it: receive buffer and response queue (section 6). */
#ifndef RECEIVER_H
#define RECEIVER_H

#include <stdbool.h>
#include "bytes.h"

#define LARGEST_BUFFER (UINT64_C(1) << 30)

/* A run of bytes: out of order in the receive buffer, or a packet in the response queue. */
struct run {
    uint64_t start, end;
    uint64_t *charge; /* of the packet's channel; NULL in the receive buffer */
    struct run *next;
    uint8_t data[];
};

struct receiver {
    uint64_t size;
    bool peer_announced;
    uint64_t peer_buffer;   /* the peer's send buffer, or the largest legal one while it is not announced */
    uint64_t next_byte;     /* rcv_nxt without the FIN */
    bool has_final;
    uint64_t final;         /* final offset, once a FIN came */
    uint64_t highest_end;   /* one past the highest byte that came */
    struct bytes readable;
    struct run *pieces;     /* out of order, by offset; they never overlap */
    uint64_t out_of_order;  /* their bytes */
    struct run *queue;      /* the response queue, in the order of arrival */
    uint32_t epoch;         /* of the last STOP sent */
    bool stop_outstanding;
    uint64_t moves_below;   /* NC-HOL-6: DATA that begins below it moves at once; 0 while there was no STOP_ACK */
};

bool receiver_has_fin_in_sequence(const struct receiver *receiver);

/* NC-FIN-1: the FIN occupies the offset after the last byte. */
uint64_t receiver_rcv_nxt(const struct receiver *receiver);

/* NC-DATA-6: one past the last offset the peer may send at. */
uint64_t receiver_limit(const struct receiver *receiver);

bool receiver_has_unread(const struct receiver *receiver);

/* Whether any of these bytes is neither in the receive buffer nor read (NC-DATA-4). */
bool receiver_is_new(struct receiver *receiver, uint64_t start, uint64_t end);

/* NC-HOL-1: a packet leaves its channel at once, and is charged to it. */
void receiver_arrive(struct receiver *receiver, uint64_t *charge, uint64_t offset, const uint8_t *data,
                     uint32_t length);

/* False when this final offset contradicts what came before (NC-FIN-3). */
bool receiver_finish(struct receiver *receiver, uint64_t final);

/* NC-HOL-2: moves what may move, in the order of arrival, until nothing does. */
void receiver_move(struct receiver *receiver);

/* NC-HOL-6: the whole queue moves, and until RESUME what begins below `offset` moves on arrival. */
void receiver_stop_acknowledged(struct receiver *receiver, uint64_t offset);

/* NC-HOL-7, asked at a read and at STOP_ACK: both are empty. */
bool receiver_resume_is_due(const struct receiver *receiver);
void receiver_resumed(struct receiver *receiver);

/* NC-RST-1: bytes received in order stay readable, nothing else does. */
void receiver_keep_readable(struct receiver *receiver);

#endif
