/* The 40-byte header and what may stand in it (protocol.md, section 2). */
#ifndef PACKETS_H
#define PACKETS_H

#include <stddef.h>
#include <stdint.h>

enum { HEADER_SIZE = 40, HELLO_PAYLOAD_SIZE = 24, LARGEST_PAYLOAD = 65496 };

enum packet_type {
    HELLO = 1, NCSYN, NCSYN_ACK, NCREFUSE, DATA, ACK, STOP, STOP_ACK, RESUME, FIN, RST, CHANNEL_CLOSE
};

enum channel_class { CONTROL, LATENCY, THROUGHPUT, CLASSES };

enum refusal { NO_LISTENER = 1, BACKLOG_FULL, LIMIT };

enum reset_reason {
    ABORTED = 1, UNKNOWN_CONNECTION, CLOSED_BY_PEER, CHANNEL_LOST, HOST_RESTARTED, PROTOCOL_ERROR, BUFFER_EXCEEDED,
    TIMED_OUT
};

struct ports {
    uint16_t local, peer;
};

struct packet {
    uint8_t type;
    uint16_t source_port, destination_port;
    uint32_t tag;
    uint64_t connection, offset, ack;
    uint32_t length;
    const uint8_t *payload;
};

struct hello {
    uint64_t incarnation;
    uint32_t channel, class, largest_payload;
};

/* Writes a header; its payload follows it on the wire. */
void packet_encode(const struct packet *packet, uint8_t header[HEADER_SIZE]);

/* Reads one whole packet; `announced` is the largest payload this host announced. Returns NULL, or why the channel it
 * came on is failed (NC-HDR-2). The payload stays where it is. */
const char *packet_decode(const uint8_t *raw, size_t length, uint32_t announced, struct packet *packet);

void hello_encode(const struct hello *hello, uint8_t payload[HELLO_PAYLOAD_SIZE]);

/* NULL, or why the channel is failed (NC-CH-2). */
const char *hello_decode(const struct packet *packet, struct hello *hello);

#endif
