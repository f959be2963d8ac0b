using System.Globalization;
using System.Text;
using Conway.Lowering;

namespace Conway.Supervision.Databases;

/// <summary>The data folder of one PostgreSQL server and what is done to it: made once, started, filled with databases.</summary>
/// <param name="programs">Folder of the server's programs.</param>
/// <param name="folder">Absolute folder in which the data lies; of the user that the server runs as from then on.</param>
/// <param name="password">Of the superuser.</param>
public sealed class PostgresCluster(string programs, string folder, string password)
{
    /// <summary>The role that may do everything; no service can be called so.</summary>
    public const string Superuser = "conway_run";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private PostgresAccount? _account;

    /// <summary>The folder that the server is given.</summary>
    public string Data => Path.Combine(folder, "data");

    /// <summary>Makes the data folder if there is none. One that was begun and not finished is made anew.</summary>
    /// <exception cref="InvalidOperationException">It could not be made; the message says what the program said.</exception>
    public async Task MakeAsync(CancellationToken cancel)
    {
        var isThere = Directory.Exists(Data);
        _account = PostgresAccount.Find(isThere && !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? await OwnerOfAsync(Data, cancel).ConfigureAwait(false) : null);
        if (isThere)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var begun = Data + ".new";
        if (Directory.Exists(begun))
        {
            Directory.Delete(begun, recursive: true);
        }

        var secret = Path.Combine(folder, "password.new");
        File.Delete(secret);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (var file = new FileStream(secret, options))
            {
                await file.WriteAsync(Utf8.GetBytes(password + "\n"), cancel).ConfigureAwait(false);
            }

            if (_account.User is { } user)
            {
                await PostgresProgram.RunAsync(["/bin/chown", string.Create(CultureInfo.InvariantCulture, $"{user}:{_account.Group}"), folder, secret], cancel).ConfigureAwait(false);
            }

            await PostgresProgram.RunAsync(
                _account.Line(folder, Path.Combine(programs, "initdb"), "-D", begun, "-U", Superuser, "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C", "--no-instructions"),
                cancel).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(secret);
        }

        Directory.Move(begun, Data);
    }

    /// <summary>The server, listening on loopback only and without a socket in a folder. After <see cref="MakeAsync"/>.</summary>
    /// <param name="run">Id of the run, by which the keeper finds the server.</param>
    public ProcessStart Start(string run, int port)
    {
        var line = _account!.Line(
            folder, Path.Combine(programs, "postgres"), "-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "logging_collector=off", "-c", "dynamic_shared_memory_type=mmap"); // in files of the data folder, which nothing is left of elsewhere
        return new ProcessStart(line[0], [.. line.Skip(1)], "/", [new("CONWAY_RUN", run, "platform"), new(Keeper.DatabaseVariable, run, "platform")]);
    }

    /// <summary>Makes what is missing of databases and roles, on a server that runs; what is there keeps its data. Roles get their passwords, and lose
    /// databases that are not theirs any more.</summary>
    /// <exception cref="InvalidOperationException">The server refused; the message says what it said.</exception>
    public Task FillAsync(int port, IReadOnlyList<PostgresDatabase> databases, Func<string, string> passwordOf, CancellationToken cancel) =>
        PostgresProgram.RunAsync(
            [Path.Combine(programs, "psql"), "-X", "-q", "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-U", Superuser, "-d", "postgres", "-w", "-f", "-"],
            cancel, PostgresScript.Of(databases, passwordOf), password);

    private static async Task<int> OwnerOfAsync(string path, CancellationToken cancel) =>
        int.Parse(await PostgresProgram.RunAsync(["/usr/bin/stat", "-c", "%u", path], cancel).ConfigureAwait(false), CultureInfo.InvariantCulture);
}
