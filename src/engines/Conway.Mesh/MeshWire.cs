using Conway.Forwarding;

namespace Conway.Mesh;

/// <summary>Limits of the doors between services. Callers are our own, so they are wide: it is the callee's place to be strict.</summary>
internal static class MeshWire
{
    internal static readonly WireOptions Options = new()
    {
        Limits = limits =>
        {
            limits.MaxRequestBodySize = null;
            limits.MinRequestBodyDataRate = null;
            limits.MinResponseDataRate = null;
            limits.MaxRequestHeadersTotalSize = 64 * 1024;
            limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
            limits.Http2.MaxStreamsPerConnection = 1000;
            limits.Http2.InitialConnectionWindowSize = 1024 * 1024;
            limits.Http2.InitialStreamWindowSize = 768 * 1024;
        },
    };
}
