using System.Reflection;

namespace Conway.House;

/// <summary>What teams program against is written down, so that nobody changes it by accident.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_of_every_service_library_is_the_one_written_down()
    {
        foreach (var room in Room.All.Where(r => r.Floor == "services" && r.Assembly is not null))
        {
            Tree.Matches($"{room.Folder}/PublicApi.txt", PublicApi.Describe(Assembly.LoadFrom(room.Assembly!)));
        }
    }

    [Fact]
    public void A_surface_is_described_by_what_a_caller_can_write() =>
        Assert.Equal(
            """
            public sealed class Conway.House.PublicApiTests.Specimen : IDisposable
              Specimen(string name, int count = 3)
              static Task<IReadOnlyList<int>> ReadAsync<T>(T seed, params string[] words)
              string? Name { get; init; }
              void Dispose()
              void Read(Func<string, string?> variable)

            """, PublicApi.Describe([typeof(Specimen)]));

    public sealed class Specimen(string name, int count = 3) : IDisposable
    {
        public string? Name { get; init; } = name + count;

        public static Task<IReadOnlyList<int>> ReadAsync<T>(T seed, params string[] words) => Task.FromResult<IReadOnlyList<int>>([words.Length + (seed is null ? 0 : 1)]);

        public void Read(Func<string, string?> variable) => variable(Name ?? "");

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
