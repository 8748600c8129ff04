#include "sender.h"

#include <stdlib.h>

uint64_t sender_end(const struct sender *sender)
{
    return sender->snd_una + sender->retained.length;
}

size_t sender_take(struct sender *sender, const uint8_t *data, size_t length)
{
    size_t room = (size_t) sender->size - sender->retained.length;
    size_t taken = length < room ? length : room;
    bytes_append(&sender->retained, data, taken);
    return taken;
}

static void drop_acknowledged(struct sender *sender)
{
    for (struct piece **at = &sender->pieces; *at != NULL;) {
        struct piece *piece = *at;
        if (piece->end <= sender->snd_una) {
            *at = piece->next;
            free(piece);
        } else {
            if (piece->start < sender->snd_una)
                piece->start = sender->snd_una;
            at = &piece->next;
        }
    }
}

bool sender_acknowledge(struct sender *sender, uint64_t ack)
{
    uint64_t bytes = ack;
    if (sender->fin_sent && ack == sender_end(sender) + 1) {
        sender->fin_acknowledged = true;
        bytes--;
    }
    if (bytes > sender->snd_nxt)
        return false;
    if (bytes > sender->snd_una) {
        bytes_drop(&sender->retained, (size_t) (bytes - sender->snd_una));
        sender->snd_una = bytes;
        drop_acknowledged(sender);
    }
    return true;
}

/* The first piece that has to be sent again. */
static struct piece *first_lost(const struct sender *sender)
{
    struct piece *piece = sender->pieces;
    while (piece != NULL && piece->channel != NULL)
        piece = piece->next;
    return piece;
}

bool sender_waits(const struct sender *sender)
{
    return sender->snd_nxt < sender_end(sender) || first_lost(sender) != NULL;
}

bool sender_may_send(const struct sender *sender)
{
    bool stopped = sender->epoch_in_force > sender->highest_resumed;
    return (!stopped && sender->snd_nxt < sender_end(sender)) || first_lost(sender) != NULL;
}

/* A piece goes behind `after`, or at the end of all when that is NULL. */
static struct piece *add_piece(struct sender *sender, struct piece *after, uint64_t start, uint64_t end)
{
    struct piece **at = after == NULL ? &sender->pieces : &after->next;
    while (after == NULL && *at != NULL)
        at = &(*at)->next;
    struct piece *piece = zeroed(sizeof *piece);
    *piece = (struct piece) {start, end, NULL, *at};
    *at = piece;
    return piece;
}

const uint8_t *sender_cut(struct sender *sender, const struct channel *channel, uint32_t largest, uint64_t *offset,
                          uint32_t *length)
{
    struct piece *piece = first_lost(sender);
    if (piece == NULL) {
        uint64_t left = sender_end(sender) - sender->snd_nxt;
        uint64_t end = sender->snd_nxt + (left < largest ? left : largest);
        piece = add_piece(sender, NULL, sender->snd_nxt, end);
        sender->snd_nxt = end;
    } else if (piece->end - piece->start > largest) {
        add_piece(sender, piece, piece->start + largest, piece->end);
        piece->end = piece->start + largest;
    }
    piece->channel = channel;
    *offset = piece->start;
    *length = (uint32_t) (piece->end - piece->start);
    return bytes_front(&sender->retained) + (piece->start - sender->snd_una);
}

void sender_channel_failed(struct sender *sender, const struct channel *channel)
{
    for (struct piece *piece = sender->pieces; piece != NULL; piece = piece->next)
        if (piece->channel == channel)
            piece->channel = NULL;
}

bool sender_has_unacknowledged_on(const struct sender *sender, const struct channel *channel)
{
    for (struct piece *piece = sender->pieces; piece != NULL; piece = piece->next)
        if (piece->channel == channel)
            return true;
    return false;
}

bool sender_fin_is_due(const struct sender *sender)
{
    return sender->shut && !sender->fin_sent && sender->snd_nxt == sender_end(sender);
}

void sender_stop(struct sender *sender, uint32_t epoch)
{
    if (epoch > sender->epoch_in_force && epoch > sender->highest_resumed) /* NC-HOL-5 */
        sender->epoch_in_force = epoch;
}

void sender_resume(struct sender *sender, uint32_t epoch)
{
    if (epoch > sender->highest_resumed) /* NC-HOL-8 */
        sender->highest_resumed = epoch;
}

void sender_free(struct sender *sender)
{
    for (struct piece *piece = sender->pieces, *next; piece != NULL; piece = next) {
        next = piece->next;
        free(piece);
    }
    sender->pieces = NULL;
    bytes_free(&sender->retained);
    sender->snd_nxt = sender->snd_una;
}
