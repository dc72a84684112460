/**
 * Stands in for `@aws-sdk/middleware-endpoint-discovery` in the bundles: the SDK asks DynamoDB for an endpoint of its own only where
 * that is switched on, and there is none to be had but the one of the region. Left out are a cache and a step of every call.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
}
export const resolveEndpointDiscoveryConfig = <T>(config: T): T => config
export const getEndpointDiscoveryPlugin = () => ({ applyToStack: () => undefined })
