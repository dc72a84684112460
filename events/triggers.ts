/** Events that a campaign may start from: what happens with a customer or contact. Their data is in docs/events.md. */
export const triggerEvents: readonly string[] = [
  ...['customer.created', 'customer.changed', 'customer.owner-changed', 'contact.created', 'contact.changed', 'activity.logged'],
  ...['follow-up.closed', 'quote.sent', 'quote.accepted', 'quote.rejected', 'order.confirmed', 'order.cancelled', 'order.closed'],
  ...['shipment.dispatched', 'shipment.signed', 'shipment.returned', 'statement.confirmed', 'receipt.recorded', 'customer.lead-converted'],
  ...['campaign.clicked', 'campaign.replied'],
]
