using System.Diagnostics;
using System.Globalization;

namespace Conway.Wire;

/// <summary>The ordinary gRPC client and server in <c>tests/clients/grpc</c>.</summary>
internal static class NpmGrpc
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts the server.</summary>
    internal static async Task<Server> ServeAsync()
    {
        var process = await NpmClient.StartAsync("grpc", "run.js", "server");
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new Server(process, int.Parse(line!, CultureInfo.InvariantCulture));
    }

    /// <summary>Runs the client; what it printed.</summary>
    internal static async Task<string> RunAsync(string scenario, int port) => (await NpmClient.RunAsync("grpc", Patience, "run.js", scenario, $"{port}")).Said.Trim();

    internal sealed class Server(Process process, int port) : IAsyncDisposable
    {
        internal int Port => port;

        public async ValueTask DisposeAsync()
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
