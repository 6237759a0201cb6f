//! `sayso network`: who speaks about or to whom.

use sayso_corpus::network::{self, ArticleTies, Weaver};

use crate::arguments::{self, NetworkFormat};
use crate::failure::Failure;
use crate::gather::{file, gather, write};

pub(crate) fn network(options: &arguments::Network) -> Result<u8, Failure> {
    if options.nodes.is_some() && options.format != NetworkFormat::Csv {
        return Err(Failure::NodesWithoutEdges);
    }
    match options.format {
        #[cfg(feature = "dna")]
        NetworkFormat::Dna => dna(options),
        NetworkFormat::Graphml | NetworkFormat::Csv => graph(options),
    }
}

fn graph(options: &arguments::Network) -> Result<u8, Failure> {
    let mut weaver = Weaver::new(options.merge.into());
    let take = |ties: ArticleTies| {
        weaver.add(ties);
        Ok(())
    };
    let status = gather(&options.inputs, ArticleTies::of, take)?;
    let network = weaver.finish();
    write(file(options.output.as_ref()), |out| match options.format {
        NetworkFormat::Csv => network::edges(out, &network, options.safe_csv),
        _ => network::graphml(out, &network),
    })?;
    if let Some(path) = &options.nodes {
        write(Some(path), |out| network::nodes(out, &network, options.safe_csv))?;
    }
    Ok(status)
}

/// Articles go into the database as they come: it is as large as the corpus.
#[cfg(feature = "dna")]
fn dna(options: &arguments::Network) -> Result<u8, Failure> {
    use std::io::{self, IsTerminal};
    use std::path::{Path, PathBuf};

    use sayso_corpus::network::dna::{DnaArticle, DnaWriter};

    let file = file(options.output.as_ref());
    if file.is_none() && io::stdout().is_terminal() {
        return Err(Failure::DatabaseToTerminal);
    }
    let beside = file.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    let folder = if file.is_some() { beside.map_or_else(|| PathBuf::from("."), Path::to_owned) } else { std::env::temp_dir() };
    let mut writer = DnaWriter::new(&folder).map_err(Failure::Output)?;
    let status = gather(&options.inputs, DnaArticle::of, |article: DnaArticle| writer.add(&article))?;
    write(file, |out| writer.finish(out))?;
    Ok(status)
}
