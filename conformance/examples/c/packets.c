#include "packets.h"

enum { MAGIC = 0x4E43, VERSION = 1 };

static void put(uint8_t *to, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        to[i] = (uint8_t) value;
}

static uint64_t get(const uint8_t *from, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | from[i];
    return value;
}

void packet_encode(const struct packet *packet, uint8_t header[HEADER_SIZE])
{
    put(header, MAGIC, 2);
    put(header + 2, VERSION, 1);
    put(header + 3, packet->type, 1);
    put(header + 4, packet->length, 4);
    put(header + 8, packet->source_port, 2);
    put(header + 10, packet->destination_port, 2);
    put(header + 12, packet->tag, 4);
    put(header + 16, packet->connection, 8);
    put(header + 24, packet->offset, 8);
    put(header + 32, packet->ack, 8);
}

const char *packet_decode(const uint8_t *raw, size_t length, uint32_t announced, struct packet *packet)
{
    if (length < HEADER_SIZE)
        return "shorter than a header";
    if (get(raw, 2) != MAGIC)
        return "bad magic";
    if (get(raw + 2, 1) != VERSION)
        return "bad version";
    packet->type = raw[3];
    packet->length = (uint32_t) get(raw + 4, 4);
    if (packet->length != length - HEADER_SIZE)
        return "the length is not that of the payload";
    if (packet->length > announced && packet->type != HELLO) /* NC-HDR-5: HELLO is exempt */
        return "over the largest payload announced";
    if (packet->type == DATA && packet->length == 0)
        return "DATA without payload";
    if (packet->type >= NCSYN && packet->type <= CHANNEL_CLOSE && packet->type != DATA && packet->length > 0)
        return "a payload on a type that has none";
    packet->source_port = (uint16_t) get(raw + 8, 2);
    packet->destination_port = (uint16_t) get(raw + 10, 2);
    packet->tag = (uint32_t) get(raw + 12, 4);
    packet->connection = get(raw + 16, 8);
    packet->offset = get(raw + 24, 8);
    packet->ack = get(raw + 32, 8);
    packet->payload = raw + HEADER_SIZE;
    return NULL;
}

void hello_encode(const struct hello *hello, uint8_t payload[HELLO_PAYLOAD_SIZE])
{
    put(payload, hello->incarnation, 8);
    put(payload + 8, hello->channel, 4);
    put(payload + 12, hello->class, 4);
    put(payload + 16, hello->largest_payload, 4);
    put(payload + 20, 0, 4);
}

const char *hello_decode(const struct packet *packet, struct hello *hello)
{
    if (packet->length != HELLO_PAYLOAD_SIZE)
        return "a HELLO of another length";
    hello->incarnation = get(packet->payload, 8);
    hello->channel = (uint32_t) get(packet->payload + 8, 4);
    hello->class = (uint32_t) get(packet->payload + 12, 4);
    hello->largest_payload = (uint32_t) get(packet->payload + 16, 4);
    if (hello->largest_payload == 0)
        return "a HELLO that announces no payload";
    if (hello->largest_payload > LARGEST_PAYLOAD)
        hello->largest_payload = LARGEST_PAYLOAD;
    return NULL;
}
