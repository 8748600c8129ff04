#include "memory.h"

#include <stdlib.h>
#include "bytes.h"

void memory_expire(struct memory *memory, uint64_t now)
{
    for (struct remembered **at = &memory->first; *at != NULL && now - (*at)->time >= memory->lifetime;) {
        struct remembered *old = *at;
        if (old->due) {
            at = &old->next;
        } else {
            *at = old->next;
            free(old);
        }
    }
}

struct remembered *memory_find(struct memory *memory, uint64_t now, uint64_t connection)
{
    memory_expire(memory, now);
    struct remembered *found = memory->first;
    while (found != NULL && found->packet.connection != connection)
        found = found->next;
    return found;
}

static bool same(const struct packet *one, const struct packet *other)
{
    return one->connection == other->connection && one->tag == other->tag;
}

void memory_remember(struct memory *memory, uint64_t now, const struct packet *packet)
{
    struct remembered **at = &memory->first;
    memory_expire(memory, now);
    while (*at != NULL) {
        struct remembered *old = *at;
        if (same(&old->packet, packet)) {
            *at = old->next;
            free(old);
        } else {
            at = &old->next;
        }
    }
    *at = zeroed(sizeof **at);
    (*at)->time = now;
    (*at)->packet = *packet;
}

void memory_forget(struct memory *memory, uint64_t connection)
{
    for (struct remembered **at = &memory->first; *at != NULL;) {
        struct remembered *old = *at;
        if (old->packet.connection == connection) {
            *at = old->next;
            free(old);
        } else {
            at = &old->next;
        }
    }
}
