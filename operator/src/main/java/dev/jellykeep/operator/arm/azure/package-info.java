/// ARM over the SDK's pipeline: its typed clients for what their models hold whole, raw JSON for the
/// rest. One HTTP client below both bounds, retries, throttles, signs and logs ({@code ArmHttp}).
@NullMarked
package dev.jellykeep.operator.arm.azure;

import org.jspecify.annotations.NullMarked;
