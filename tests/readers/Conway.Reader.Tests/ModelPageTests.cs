namespace Conway.Reader.Tests;

public sealed class ModelPageTests
{
    [Fact]
    public void The_reference_of_the_model_is_up_to_date()
    {
        var path = Repository.Path("docs", "reference", "model.md");
        Generated.Matches(path, ModelPage.Renew(File.ReadAllText(path)));
    }
}
