/*
 * Generic receive offload: neighbours that are segments of TCP over IPv4, each of which goes on where the one before it
 * ends and says otherwise the same, become one. What comes from the network is not believed: who is not exactly such a
 * neighbour stays as it is.
 */
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <rte_ether.h>
#include <rte_ip.h>
#include <rte_mbuf.h>
#include <rte_tcp.h>

enum {
  ETHERNET = sizeof(struct rte_ether_hdr),
  IPV4 = sizeof(struct rte_ipv4_hdr),
  HEADERS = ETHERNET + IPV4 + sizeof(struct rte_tcp_hdr),
  VERSION_4_WITHOUT_OPTIONS = 0x45,
  /* More fragments, or an offset. */
  FRAGMENT = 0x3fff,
  MOST_IPV4 = UINT16_MAX,
  BURST = 64,
};

/* A packet that takes neighbours. */
struct merged {
  struct rte_mbuf *packet;
  struct rte_mbuf *last;
  struct rte_ipv4_hdr *ip;
  struct rte_tcp_hdr *tcp;
  uint32_t headers;
  /* Of each segment but the last. */
  uint32_t payload;
  uint32_t next;
  bool open;
};

static bool is_found_right(uint64_t flags) {
  uint64_t tcp = flags & RTE_MBUF_F_RX_L4_CKSUM_MASK;
  return (tcp == RTE_MBUF_F_RX_L4_CKSUM_GOOD || tcp == RTE_MBUF_F_RX_L4_CKSUM_NONE) &&
         (flags & RTE_MBUF_F_RX_IP_CKSUM_MASK) != RTE_MBUF_F_RX_IP_CKSUM_BAD;
}

/* Nobody else has the headers, or an mbuf that would be changed. */
static bool is_alone(const struct rte_mbuf *packet) {
  return RTE_MBUF_DIRECT(packet) && rte_mbuf_refcnt_read(packet) == 1;
}

/* Whether a packet is a segment with nothing but payload and an acknowledgement; what is wrong is for others to say. */
static bool begin(struct merged *merged, struct rte_mbuf *packet, bool verified) {
  merged->packet = packet;
  merged->open = false;
  if (packet->data_len < HEADERS || !is_alone(packet) || !(verified || is_found_right(packet->ol_flags))) {
    return false;
  }
  const struct rte_ether_hdr *ether = rte_pktmbuf_mtod(packet, struct rte_ether_hdr *);
  struct rte_ipv4_hdr *ip = (struct rte_ipv4_hdr *)(ether + 1);
  struct rte_tcp_hdr *tcp = (struct rte_tcp_hdr *)(ip + 1);
  uint32_t headers = ETHERNET + IPV4 + (tcp->data_off >> 4) * 4;
  if (ether->ether_type != RTE_BE16(RTE_ETHER_TYPE_IPV4) || ip->version_ihl != VERSION_4_WITHOUT_OPTIONS ||
      (ip->fragment_offset & RTE_BE16(FRAGMENT)) != 0 || ip->next_proto_id != IPPROTO_TCP ||
      ETHERNET + (uint32_t)rte_be_to_cpu_16(ip->total_length) != packet->pkt_len || headers < HEADERS ||
      headers > packet->data_len || headers >= packet->pkt_len ||
      (tcp->tcp_flags & ~RTE_TCP_PSH_FLAG) != RTE_TCP_ACK_FLAG || rte_raw_cksum(ip, IPV4) != UINT16_MAX) {
    return false;
  }
  merged->last = rte_pktmbuf_lastseg(packet);
  merged->ip = ip;
  merged->tcp = tcp;
  merged->headers = headers;
  merged->payload = packet->pkt_len - headers;
  merged->next = rte_be_to_cpu_32(tcp->sent_seq) + merged->payload;
  merged->open = (tcp->tcp_flags & RTE_TCP_PSH_FLAG) == 0;
  return true;
}

static bool same(const void *left, const void *right, size_t from, size_t to) {
  return memcmp((const uint8_t *)left + from, (const uint8_t *)right + from, to - from) == 0;
}

/*
 * Whether the headers of a neighbour are alone in an mbuf, and its payload in another one that shows, of the same loan,
 * what comes right behind what an mbuf shows.
 */
static bool shows_next(const struct rte_mbuf *before, const struct merged *other) {
  const struct rte_mbuf *mbuf = other->packet->next;
  return other->packet->data_len == other->headers && mbuf != NULL && mbuf->next == NULL &&
         RTE_MBUF_HAS_EXTBUF(before) && RTE_MBUF_HAS_EXTBUF(mbuf) && before->shinfo == mbuf->shinfo &&
         before->buf_addr == mbuf->buf_addr && before->data_off + before->data_len == mbuf->data_off &&
         rte_mbuf_refcnt_read(before) == 1;
}

/* Everything but what has to differ: lengths, checksums, the position, and PSH. The identification says nothing. */
static bool goes_on(const struct merged *merged, const struct merged *other, uint32_t least, uint32_t most) {
  uint32_t length = rte_be_to_cpu_16(merged->ip->total_length);
  uint32_t payload = other->packet->pkt_len - other->headers;
  bool fits = shows_next(merged->last, other) ||
              (payload >= least && merged->packet->nb_segs + other->packet->nb_segs <= (int)most);
  return fits && merged->next == rte_be_to_cpu_32(other->tcp->sent_seq) && payload <= merged->payload &&
         length + payload <= MOST_IPV4 && merged->tcp->data_off == other->tcp->data_off &&
         merged->packet->ol_flags == other->packet->ol_flags &&
         same(rte_pktmbuf_mtod(merged->packet, void *), rte_pktmbuf_mtod(other->packet, void *), 0, ETHERNET) &&
         merged->ip->type_of_service == other->ip->type_of_service &&
         merged->ip->fragment_offset == other->ip->fragment_offset &&
         merged->ip->time_to_live == other->ip->time_to_live &&
         same(merged->ip, other->ip, offsetof(struct rte_ipv4_hdr, src_addr), IPV4) &&
         merged->tcp->src_port == other->tcp->src_port && merged->tcp->dst_port == other->tcp->dst_port &&
         merged->tcp->recv_ack == other->tcp->recv_ack && merged->tcp->rx_win == other->tcp->rx_win &&
         same(merged->tcp, other->tcp, sizeof(struct rte_tcp_hdr), merged->headers - ETHERNET - IPV4);
}

/*
 * Puts a neighbour's payload behind the packet; answers what of it is not needed any more, or NULL. Where both show the
 * memory of a sender in the same process, one mbuf shows it all.
 */
static struct rte_mbuf *append(struct merged *merged, struct merged *other) {
  struct rte_mbuf *head = other->packet, *rest = head->next;
  uint32_t payload = head->pkt_len - other->headers;
  uint16_t segments = head->nb_segs;
  bool together = shows_next(merged->last, other);
  merged->next += payload;
  merged->ip->total_length = rte_cpu_to_be_16(rte_be_to_cpu_16(merged->ip->total_length) + payload);
  merged->tcp->tcp_flags |= other->tcp->tcp_flags;
  merged->open = payload == merged->payload && (other->tcp->tcp_flags & RTE_TCP_PSH_FLAG) == 0;
  merged->packet->pkt_len += payload;
  head->data_off += other->headers;
  head->data_len -= other->headers;
  if (together) {
    merged->last->data_len += rest->data_len;
    return head;
  }
  if (head->data_len > 0 || rest == NULL) {
    merged->last->next = head;
    merged->last = other->last;
    merged->packet->nb_segs += segments;
    return NULL;
  }
  head->next = NULL;
  head->nb_segs = 1;
  merged->last->next = rest;
  merged->last = other->last;
  merged->packet->nb_segs += segments - 1;
  return head;
}

static void end(struct merged *merged, bool changed) {
  if (changed) {
    merged->ip->hdr_checksum = 0;
    merged->ip->hdr_checksum = rte_ipv4_cksum(merged->ip);
  }
}

/*
 * Merges what can be merged of a burst whose checksums of TCP are right: all are, or those of which the device says so.
 * How many packets are left, in front of the array; for each of them, how much payload the segments have that it was
 * made of, 0 for one that came as it is. With less payload than the least only what needs no mbuf of its own is put
 * behind others, and no packet gets more mbufs than the most.
 */
uint32_t netchannel_merge(struct rte_mbuf **packets, uint32_t count, uint32_t *segment_bytes, int verified,
                          uint32_t least, uint32_t most) {
  struct rte_mbuf *empty[BURST];
  uint32_t left = 0, empties = 0;
  struct merged merged = {.open = false};
  bool changed = false;
  for (uint32_t i = 0; i < count; i++) {
    struct merged next;
    bool mergeable = begin(&next, packets[i], verified);
    if (merged.open && mergeable && goes_on(&merged, &next, least, most)) {
      struct rte_mbuf *nothing = append(&merged, &next);
      if (nothing != NULL) {
        empty[empties++] = nothing;
      }
      if (empties == BURST) {
        rte_pktmbuf_free_bulk(empty, empties);
        empties = 0;
      }
      segment_bytes[left - 1] = merged.payload;
      changed = true;
      continue;
    }
    end(&merged, changed);
    changed = false;
    merged = next;
    segment_bytes[left] = 0;
    packets[left++] = packets[i];
  }
  end(&merged, changed);
  if (empties > 0) {
    rte_pktmbuf_free_bulk(empty, empties);
  }
  return left;
}
