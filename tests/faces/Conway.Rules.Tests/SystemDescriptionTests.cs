using Conway.Checks.AsCode;

namespace Conway.Rules.Tests;

public sealed class SystemDescriptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules ").FullName;

    [Fact]
    public void A_model_is_read_from_its_folder_from_its_file_and_with_an_environment()
    {
        Write("conway.yaml", "conway: 1\nsystem: shop\nservices: { web: { command: node web.js, tags: [front] } }\n");
        Write("conway.production.yaml", "services: { web: { replicas: 3 } }\n");
        Assert.Equal(["web"], SystemDescription.Read(_folder).Services.Keys);
        Assert.Equal(1, SystemDescription.Read(Path.Combine(_folder, "conway.yaml")).Services["web"].Replicas);
        Assert.Equal(3, SystemDescription.Read(_folder, "production").Services["web"].Replicas);
        Architecture.Of(SystemDescription.Read(_folder)).Services.Tagged("front").MustBeNamed("web").Check();
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_place_and_what_to_write()
    {
        Assert.Equal($"There is no file '{Path.Combine(_folder, "conway.yaml")}'.", Assert.Throws<ArchitectureException>(() => SystemDescription.Read(_folder)).Message);
        Write("conway.yaml", "conway: 1\nsystem: shop\nservices: { web: { command: node web.js, calls: { oders: 1s } }, orders: { command: node orders.js } }\n");
        Assert.Matches("^The model has errors:\nconway\\.yaml:3:[0-9]+ CW1110 .*'oders'.* .*\\.$", Assert.Throws<ArchitectureException>(() => SystemDescription.Read(_folder)).Message);
    }

    [Fact]
    public void Without_a_path_it_is_searched_for_from_the_program_upward() =>
        Assert.Equal($"There is no conway.yaml in '{AppContext.BaseDirectory}' or above it. Give its path.", Assert.Throws<ArchitectureException>(() => SystemDescription.Read()).Message);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
