package dev.jellykeep.operator.arm.azure;

/// Carries a fault through the SDK, which hands on what its HTTP client throws.
final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Fault fault;

    FaultException(Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
