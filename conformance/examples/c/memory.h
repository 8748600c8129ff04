/* Packets remembered for a time by connection id, oldest first. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include "packets.h"

struct remembered {
    uint64_t time;
    struct packet packet;
    bool due; /* something is still to be done with it: it is kept until that is done */
    struct remembered *next;
};

struct memory {
    uint64_t lifetime; /* nanoseconds */
    struct remembered *first;
};

/* NULL when there is nothing of this connection, or no more. */
struct remembered *memory_find(struct memory *memory, uint64_t now, uint64_t connection);

/* Remembers it from now on; what was remembered of the same connection and tag is forgotten. */
void memory_remember(struct memory *memory, uint64_t now, const struct packet *packet);
void memory_forget(struct memory *memory, uint64_t connection);
void memory_expire(struct memory *memory, uint64_t now);

#endif
