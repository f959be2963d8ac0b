using Conway.Lowering;
using Conway.Supervision.Databases;

namespace Conway.Supervision.Tests;

/// <summary>The data folder of a server, made once: that takes longer than anything else.</summary>
public sealed class MadeCluster : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("conway pg-");

    public string Folder => _folder.FullName;

    public static string PasswordOf(string role) => PostgresStores.Password("secret", role);

    public async ValueTask InitializeAsync() => await Of(Folder).MakeAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    public PostgresCluster Of(string folder)
    {
        var programs = PostgresPrograms.Find(null, Environment.GetEnvironmentVariable("PATH"), "/usr/lib/postgresql");
        Assert.True(programs is not null, "eng/setup test installs PostgreSQL.");
        return new PostgresCluster(programs, folder, PasswordOf(PostgresCluster.Superuser));
    }
}
