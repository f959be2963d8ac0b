using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Conway.Artifacts.Tests;

/// <summary>A real RabbitMQ of Debian's package for one test class, with its HTTP interface: everything in a temporary folder, on ports of its own, gone with the tests.</summary>
public sealed class Rabbit : IAsyncLifetime
{
    private const string Owner = "owner";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("conway-rabbit-").FullName;
    private readonly string _password = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
    private readonly HttpClient _client = new();
    private readonly int _names = FreePorts.Next();
    private Process? _server;

    public async ValueTask InitializeAsync()
    {
        var (port, web, nodes) = (FreePorts.Next(), FreePorts.Next(), FreePorts.Next());
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"listeners.tcp.1 = 127.0.0.1:{port}\nmanagement.tcp.port = {web}\nmanagement.tcp.ip = 127.0.0.1\ndefault_user = {Owner}\ndefault_pass = {_password}\nvm_memory_high_watermark.absolute = 512MB\ndisk_free_limit.absolute = 1MB\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "plugins"), "[rabbitmq_management].\n");
        var info = new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmq-server") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = _folder,
            ["RABBITMQ_NODENAME"] = $"conway{port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "none"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "plugins"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = $"{nodes}",
            ["ERL_EPMD_PORT"] = $"{_names}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        })
        {
            info.Environment[name] = value;
        }

        _client.BaseAddress = new Uri($"http://127.0.0.1:{web}/api/");
        var said = new StringBuilder();
        var up = new TaskCompletionSource();
        _server = Process.Start(info)!;
        _server.OutputDataReceived += (_, line) => Heard(line.Data);
        _server.ErrorDataReceived += (_, line) => Heard(line.Data);
        _server.EnableRaisingEvents = true;
        _server.Exited += (_, _) => up.TrySetException(new InvalidOperationException($"RabbitMQ ended: {said}"));
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await up.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        void Heard(string? line)
        {
            lock (said)
            {
                said.AppendLine(line);
            }

            if (line?.Contains("Server startup complete", StringComparison.Ordinal) == true)
            {
                up.TrySetResult();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync(CancellationToken.None);
            _server.Dispose();
        }

        // What finds nodes by their names outlives them; it goes only when it has seen that its last node is gone.
        for (var end = Stopwatch.StartNew(); end.Elapsed < Patience;)
        {
            var info = new ProcessStartInfo("epmd", ["-port", $"{_names}", "-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var asked = Process.Start(info)!;
            var answer = await asked.StandardOutput.ReadToEndAsync(CancellationToken.None) + await asked.StandardError.ReadToEndAsync(CancellationToken.None);
            await asked.WaitForExitAsync(CancellationToken.None);
            if (!answer.Contains("living nodes", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }
        }

        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Makes a user, who may do nothing yet, unless there is one of that name.</summary>
    public async Task AddUserAsync(string name) => Assert.True((await AskAsync(HttpMethod.Put, $"users/{name}", new JsonObject { ["password"] = _password, ["tags"] = "management" })).Status is HttpStatusCode.Created or HttpStatusCode.NoContent);

    /// <summary>Asks over HTTP; as the owner of everything, unless somebody else is named.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Answer)> AskAsync(HttpMethod method, string path, JsonNode? body = null, string user = Owner)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{_password}")));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
